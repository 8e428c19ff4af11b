"""From text to tree and from tree to typed statements."""
