charity: demo
# In English; whatever they write begins it, a reminder comes once when they leave it for later, and another answer to
# the same thing is not taken for the next one.

language: en
known: case W-8ZWW9-4K9Q support rent checking id 1098765439 given rent_amount, lease, bill
staff: sends_back W-8ZWW9-4K9Q lease: expired; bill: wrong_document
person: yes, what is it?
person: cancel
clock: +1d
person: resume
sends: photo
clock: +1m
sends: photo
person: done
clock: +5d
person: hello
end:
