charity: demo
# A request that the person withdraws wants nothing any more, and no reminder follows.

known: case W-8ZWW9-4K9Q support rent checking id 1098765439 given rent_amount
staff: sends_back W-8ZWW9-4K9Q rent_amount: unclear
person: سحب الطلب
presses: 1
person: نعم
clock: +5d
person: استكمال
end:
