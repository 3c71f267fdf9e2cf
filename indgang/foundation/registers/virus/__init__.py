"""A scanner that looks through files for malware, asked by the clamd protocol over TCP."""
