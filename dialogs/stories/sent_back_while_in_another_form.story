charity: demo
# Whoever is in another form is not disturbed: they hear of it when the form has ended.

known: case W-8ZWW9-4K9Q support rent checking id 1098765439 given rent_amount
person: شكوى
presses: 1
staff: sends_back W-8ZWW9-4K9Q rent_amount: not_confirmed
silent:
person: إلغاء النموذج
person: نعم
person: استكمال
person: القائمة
person: استكمال
staff: matches W-8ZWW9-4K9Q rent_amount
silent:
person: 1500
end:
