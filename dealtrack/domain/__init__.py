"""What a deal is: dates, money, stakes, events, the fold; the standard library only."""
