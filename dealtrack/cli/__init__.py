"""The conductor: commands that meet all the other rooms."""
