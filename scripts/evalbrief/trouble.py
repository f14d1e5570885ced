"""The kind of error that a person can mend: its message is all there is to say."""


class Trouble(Exception):
    """Something that is not as it must be, said in whole sentences."""
