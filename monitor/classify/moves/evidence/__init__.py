"""What a story says of the cast: features of somebody beside a name or a post, for the learned choice of slots."""
