"""The public face: `import footprint` in scripts and notebooks, and the command `footprint`."""
