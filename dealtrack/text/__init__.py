"""How people write dates, money, stakes and names, in both directions."""
