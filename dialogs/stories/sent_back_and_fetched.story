charity: demo
# Two items are sent back: a push says only that something is wanted; then the very questions, each with its reason. The
# request goes back to staff by itself.

known: case W-8ZWW9-4K9Q support rent checking id 1098765439 given rent_amount, lease, need
staff: sends_back W-8ZWW9-4K9Q lease: unreadable; rent_amount: المبلغ في العقد غير ما كُتب هنا.
person: استكمال
person: لا أعرف
person: 1500
sends: photo
clock: +1m
staff: matches W-8ZWW9-4K9Q lease
staff: matches W-8ZWW9-4K9Q rent_amount
staff: registers W-8ZWW9-4K9Q
staff: signs_off W-8ZWW9-4K9Q
staff: matches W-8ZWW9-4K9Q need
staff: signs_off W-8ZWW9-4K9Q
staff: moves W-8ZWW9-4K9Q committee
staff: registers W-8ZWW9-4K9Q
staff: moves W-8ZWW9-4K9Q committee
staff: decides W-8ZWW9-4K9Q approved
staff: decides W-8ZWW9-4K9Q approved نرتب معكم موعد التسليم. early: حالة عاجلة
person: متابعة طلب سابق
end:
