"""One module a pack: the type of its entries and how they are recognised."""
