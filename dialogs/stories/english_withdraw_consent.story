charity: demo
language: en
# Withdrawing by typing, and changing one's mind.

known: consent application
known: consent health
person: withdraw consent
bot: Assalamu alaikum, and welcome to Wasl Demo Charity.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  Which consent would you like to withdraw?
  [1] Study of my request
  [2] Health data
  [3] Complaint
  [4] Suggestion
  [5] Looking again
  [6] Change of details
  [7] Volunteering
  [8] Nothing now
presses: Health data
bot: We asked you before about processing your health data to study your request for support.
  Do you still agree? If you choose “I do not agree”, your consent is withdrawn and work on the requests that need it stops.
  [1] I agree
  [2] I do not agree
person: i do not agree
bot: Your consent is withdrawn from now on (Health data).
  The number to follow it up is W-SHJRS-BTHQ. Our staff do what follows from it by Tuesday 3 February 2026 (15 Shaban 1447 AH) at the latest, and write to you.
  (menu) Menu
person: withdraw my consent
bot: Which consent would you like to withdraw?
  [1] Study of my request
  [2] Health data
  [3] Complaint
  [4] Suggestion
  [5] Looking again
  [6] Change of details
  [7] Volunteering
  [8] Nothing now
person: 1
bot: We asked you before about processing your data to study your request for support.
  Do you still agree? If you choose “I do not agree”, your consent is withdrawn and work on your open requests stops.
  [1] I agree
  [2] I do not agree
person: yes
bot: Your consent stays as it was.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Who else can help
  [7] Complaint, suggestion
  [8] Rate our service
  [9] More
end:
  case W-SHJRS-BTHQ data_request - received
  consent application given
  consent health withdrawn
