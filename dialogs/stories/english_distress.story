charity: demo
# Distress in English, at rest.

language: en
person: hello
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
person: I don't want to live anymore
bot: Your safety matters most to us, and you are not alone.
  If there is danger now, these numbers will answer you at once:
  911 emergency, in the regions that have it
  997 ambulance
  937 health advice
  1919 reports of domestic violence
  116111 child help line
  We have also alerted our staff, who will contact you.
alert: distress
end:
  control waiting
  handover distress
