"""Read, check and type what people wrote: source files in, model tables out."""
