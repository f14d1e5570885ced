"""A warm Python for the scripts of the rules: it has imported everything once and forks for each of them."""
