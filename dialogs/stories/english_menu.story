charity: demo
# Every item of the menu, in English.

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
presses: More
bot: Here is more that we can do.
  [1] العربية
  [2] Volunteer with us
  [3] Places and hours
  [4] Documents
  [5] My privacy and data
  [6] Donors, partners, others
  [7] Hide this conversation
  [8] Continue elsewhere
  [9] How this works
  [10] Menu
presses: Places and hours
bot: Hours of Wasl Demo Charity:
  Sunday to Thursday: 8 am to 12 noon and 4 pm to 8 pm
  Address: building 12, Trial Street, Example District (a fictional address)
  Email: info@example.org
  Website: https://wasl.example.org
  Licence: 0000 (fictional, for trying out)
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
presses: More
bot: Here is more that we can do.
  [1] العربية
  [2] Volunteer with us
  [3] Places and hours
  [4] Documents
  [5] My privacy and data
  [6] Donors, partners, others
  [7] Hide this conversation
  [8] Continue elsewhere
  [9] How this works
  [10] Menu
presses: How this works
bot: We ask one thing at a time. Answer with a button, in writing, or with a voice note.
  Everything is saved as you go. You can stop and come back days later, and nothing is lost.
  At any time you can type:
  • “back” for the question before
  • “change” to correct an earlier answer
  • “my answers” to see what you have given
  • “pause” to finish later, and “resume” to go on
  • “human” to reach a staff member
  • “hide” if others use this device
  • “menu” to start from the top
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
presses: More
bot: Here is more that we can do.
  [1] العربية
  [2] Volunteer with us
  [3] Places and hours
  [4] Documents
  [5] My privacy and data
  [6] Donors, partners, others
  [7] Hide this conversation
  [8] Continue elsewhere
  [9] How this works
  [10] Menu
presses: My privacy and data
bot: How we keep your data:
  • Why: to study your request and follow it up. For anything else we ask you separately.
  • What: name, ID number and its expiry, a means of contact, place of residence, and the answers and documents that the service needs.
  • Who sees it: those in the charity who study your request and decide on it. It goes to nobody else without your consent.
  • How: sensitive data and files are encrypted, and nothing of them shows in notifications.
  • How long: an unfinished form 90 days; everything else as long as it is needed or the law requires. Then it is deleted.
  The chat on our website stays with the charity. What is written in messaging apps and email, such as WhatsApp and Telegram, passes through servers outside the Kingdom; if you would rather avoid that, use the chat on our website.
  You may see your data, have a copy, have it corrected or deleted, and withdraw your consent at any time. We act without delay, and within 30 days at most.
  To write to us about your data: privacy@example.org
  You may also complain to the Saudi Data and Artificial Intelligence Authority (SDAIA).
  Would you like to ask for any of this?
  [1] Ask about my data
  [2] Withdraw consent
  [3] Stop messages
  [4] No, thank you
presses: No, thank you
bot: How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
presses: Check on a request
bot: What is the request number on your receipt?
person: what?
bot: Sorry that we did not understand. Please put the question another way, or ask for one of our staff.
  What is the request number on your receipt?
  (human) Reach a person
person: menu
bot: How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
presses: More
presses: العربية
bot: Here is more that we can do.
  [1] العربية
  [2] Volunteer with us
  [3] Places and hours
  [4] Documents
  [5] My privacy and data
  [6] Donors, partners, others
  [7] Hide this conversation
  [8] Continue elsewhere
  [9] How this works
  [10] Menu
bot: Which language shall we use?
  [1] العربية
  [2] English
presses: English
bot: How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
presses: Reach a staff member
bot: Gladly. Whatever you would like our staff to know, you can write here already, or send as a voice note.
  We have noted that you wish to speak to a staff member, and we will contact you during office hours.
  Until then you can go on here.
  (menu) Menu
end:
  control waiting
  handover asked
