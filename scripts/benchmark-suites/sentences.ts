import type { Random } from '@shared/statistics/random'

/**
 * What customers ask, each question in six wordings; {a|b} is one of the two. The last two wordings of each are held
 * out: a model is asked about sentences that it never saw, built as it never saw them.
 */
const QUESTIONS: readonly (readonly string[])[] = [
  [
    'i {forgot|lost} my password',
    'how do i reset {my|the} password',
    'my password {does not work|is not accepted}',
    'send me a {link|mail} for a new password',
    '{can you|please} help me set a new password',
    'i cannot remember {the|my} password any more',
  ],
  [
    'i want my money back',
    'how do i get a refund {for my order|}',
    'please refund {my purchase|the order}',
    'when will the refund {arrive|be paid}',
    'the refund has not {come|been paid} yet',
    'can i {get|have} my money back for this purchase',
  ],
  [
    'where is my {parcel|package}',
    'the {parcel|package} has not arrived',
    'when will my {order|parcel} be delivered',
    'track {my|the} delivery',
    'my delivery is {late|overdue}',
    'i am still waiting for the {parcel|package} to be delivered',
  ],
  [
    'what is the weather {today|tomorrow}',
    'will it rain {today|tomorrow|tonight}',
    'do i need an umbrella {today|tomorrow}',
    'is it {sunny|cold} outside',
    'weather forecast for {today|the weekend}',
    'how {cold|warm} will the weather be tomorrow',
  ],
  [
    'set an alarm for {six|seven|eight}',
    'wake me up at {six|seven|eight}',
    'i need to get up at {six|seven}',
    'turn off {the|my} alarm',
    'please set the alarm to wake me {early|at six}',
    'change my alarm to {seven|eight}',
  ],
  [
    'play {some|my favourite} music',
    'put on a song {by the beatles|}',
    'i want to listen to {jazz|music}',
    'play the next song',
    'start {my|the} playlist with jazz music',
    'could you play that song {again|once more}',
  ],
  [
    'book a table for {two|four}',
    'reserve a table at the restaurant',
    'i want to eat out {tonight|tomorrow}',
    'is there a free table {tonight|for two}',
    'make a restaurant reservation for {two|four} people',
    'can we have a table {tonight|at eight}',
  ],
  [
    'cancel my subscription',
    'i want to {end|stop} the subscription',
    'how do i unsubscribe',
    'do not renew my {plan|subscription}',
    'please end my subscription {now|this month}',
    'i no longer want to {pay for|renew} the plan',
  ],
  [
    'the app {crashes|freezes}',
    'the program {stops|crashes} when i open it',
    'your app does not {start|open}',
    'the application keeps {crashing|freezing}',
    'it crashes every time i start the app',
    'why does the program freeze when i {open|start} it',
  ],
  [
    'how much does it cost',
    'what is the price {of this|}',
    'is it {expensive|cheap}',
    'do you have a discount',
    'what do i {pay|have to pay} for this, is there a cheap price',
    'tell me the price, how {expensive|much} is it',
  ],
  [
    'book a flight to {paris|rome|berlin}',
    'i need a plane ticket to {paris|rome}',
    'find me {flights|a flight} to {berlin|rome}',
    'fly me to {paris|berlin} on monday',
    'i am looking for a cheap flight to {rome|paris}',
    'are there plane tickets to {berlin|paris} on monday',
  ],
  [
    'my card was {declined|refused}',
    'the payment {failed|did not go through}',
    'i cannot pay with my {card|credit card}',
    'why was my payment {declined|refused}',
    'your shop does not accept my credit card',
    'the card payment was refused {again|twice}',
  ],
  [
    'change my {address|delivery address}',
    'i moved to a new {house|flat}',
    'update the address on my account',
    'my address is {wrong|out of date}',
    'i have a new address, please update it',
    'the address on the account has to be changed, i moved',
  ],
  [
    'i want to talk to a {human|person}',
    'connect me with {an agent|a person}',
    'let me speak to your {manager|support}',
    'can i call {somebody|support}',
    'is there a real person that i can talk to',
    'please let me speak with a human agent',
  ],
  [
    'translate this into {french|german}',
    'what does this word mean in {german|french}',
    'how do you say thank you in {french|german}',
    'i need a translation of {this text|a letter}',
    'can you translate the {word|letter} to french',
    'say this text in {german|french}',
  ],
  [
    'turn on the {lights|lamp}',
    'switch off the {lights|lamp} in the kitchen',
    'it is too dark in {here|the room}',
    'make the {lights|lamp} brighter',
    'switch the kitchen {lights|lamp} on',
    'the room is dark, turn the lamp brighter',
  ],
  [
    'remind me to call {mother|the doctor}',
    'add milk to my shopping list',
    'put {bread|eggs} on the list',
    'do not let me forget {the meeting|to call}',
    'add a reminder to buy {milk|bread}',
    'put a reminder for the meeting on my list',
  ],
  [
    'how do i get to the {station|airport}',
    'show me the way to the {station|museum}',
    'what is the fastest {road|route} home',
    'navigate to the {airport|museum}',
    'is there a faster route to the {station|airport}',
    'which road is the way to the museum',
  ],
  [
    'i lost my {phone|wallet}',
    'somebody stole my {phone|bag}',
    'block my {card|phone}, it was stolen',
    'my {bag|wallet} is gone',
    'my wallet was stolen {on the train|today}',
    'i cannot find my phone, i think it is gone',
  ],
  [
    'how long are you open {today|on sunday}',
    'when does the {shop|store} close',
    'are you open on {sunday|holidays}',
    'what are your opening hours',
    'is the {shop|store} open on sunday',
    'tell me when the store opens and closes {today|on sunday}',
  ],
]

const TRAINED_WORDINGS = 4
export const SENTENCE_BYTES = 64

export interface Pair {
  texts: [string, string]
  /** Whether both ask the same. */
  same: boolean
}

/** Half of them ask the same in two wordings, half ask different things. */
export function drawPairs(count: number, of: 'training' | 'held out', random: Random): Pair[] {
  const wordings = (question: number) =>
    (QUESTIONS[question] ?? []).slice(
      ...(of === 'training' ? [0, TRAINED_WORDINGS] : [TRAINED_WORDINGS]),
    )
  const say = (wording: string) =>
    wording
      .replace(/\{([^}]*)\}/g, (_, choices: string) => random.shuffle(choices.split('|'))[0] ?? '')
      .replace(/ +/g, ' ')
      .trim()
  return Array.from({ length: count }, (_, i) => {
    const same = i % 2 === 0
    const [first = 0, second = 0] = random.shuffle(QUESTIONS.map((_, question) => question))
    const [a = '', b = ''] = random.shuffle(wordings(first))
    const other = same ? b : (random.shuffle(wordings(second))[0] ?? '')
    return { texts: [say(a), say(other)], same }
  })
}

/** UTF-8, with zeros to its end. */
export function bytesOf(text: string): number[] {
  const bytes = [...Buffer.from(text, 'utf8').subarray(0, SENTENCE_BYTES)]
  return [...bytes, ...new Array<number>(SENTENCE_BYTES - bytes.length).fill(0)]
}
