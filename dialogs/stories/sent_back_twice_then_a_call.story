charity: demo
# What failed twice is not asked a third time: staff are asked to call. A file at rest is taken for what is wanted.

known: case W-8ZWW9-4K9Q support rent checking id 1098765439 given lease
staff: sends_back W-8ZWW9-4K9Q lease: incomplete
sends: document
clock: +1m
person: تم
staff: sends_back W-8ZWW9-4K9Q lease: unreadable
alert: call
person: استكمال
end:
