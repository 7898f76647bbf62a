/** Words that say nothing about what a text is about. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all almost also although always am an and any are aren't as at be because been
  before being below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down
  during each either else ever every few for from further get gets getting give go goes going got had hadn't has hasn't
  have haven't having he her here hers herself him himself his how however i i'd i'll i'm i've if in into is isn't it
  it's its itself just let like made make makes many may me might more most much must my myself need needs never no nor
  not now of off often on once one only or other our ours ourselves out over own please put quite rather really same she
  should shouldn't since so some still such take tell than thank thanks that that's the their theirs them themselves then
  there there's these they they're this those though through to too under until up us use used using very want wants was
  wasn't we we're were weren't what what's when where which while who whom whose why will with within without won't would
  wouldn't yes yet you you're your yours yourself`.split(/\s+/),
);
