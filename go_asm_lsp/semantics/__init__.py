"""What one .s file means under one build configuration."""
