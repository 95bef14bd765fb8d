import type { ApiProblem } from '@/api/problem';
import type { Language } from './language';

type Sentences = Readonly<Record<string, string>>;

/** One human sentence for each code a server may answer that a cashier can meet; a code without one falls back on its status. */
const en: Sentences = {
  unreachable: 'The server cannot be reached. Check the connection and try again.',
  unexpected_answer: 'The server gave an answer that the till does not understand. Tell your manager if it happens again.',
  unexpected: 'Something went wrong on this page. Reload it and try again.',
  invalid_grant: 'That e-mail and password do not belong together.',
  locked_out: 'Too many attempts. Wait some minutes and try again.',
  signed_out: 'Your session has ended. Sign in again.',
  price_changed: 'A price has changed since it was quoted.',
  coupon_unknown: 'There is no such coupon.',
  coupon_exhausted: 'That coupon has been used up.',
  coupon_expired: 'That coupon has expired.',
  minimum_not_met: 'The cart is below what the offer asks for.',
  shift_closed: 'The shift is closed. Open a new one to go on.',
  shift_already_open: 'A shift is already open on this till.',
  tenders_short: 'The tenders do not cover the total.',
  tenders_exceed_due: 'The tenders are more than is due.',
  out_of_stock: 'There is not enough stock to sell this.',
  product_unknown: 'A product in the cart is no longer in the catalogue. Remove it and go on.',
  refund_exceeds_sold: 'That is more than was sold and not yet refunded.',
  refund_exceeds_paid: 'That is more than was paid and not yet refunded.',
  sale_already_voided: 'The sale has already been cancelled.',
  sale_completed: 'The payment has just arrived: the sale is complete.',
  tenant_unknown: 'There is no shop at this address.',
  tenant_suspended: 'This shop is suspended. Its owner should contact WebWaka.',
  status_400: 'The server could not read the request. Check what you entered.',
  status_401: 'Your session has ended. Sign in again.',
  status_403: 'You are not allowed to do this.',
  status_404: 'That was not found.',
  status_409: 'That does not fit what is already recorded.',
  status_412: 'Somebody changed this in the meantime. Load it again.',
  status_422: 'The server refused what was entered.',
  status_429: 'Too many requests. Wait a moment and try again.',
  status_500: 'The server had a problem. Try again.',
  status_503: 'The server is not ready. Try again in a moment.',
};

const fr: Record<keyof typeof en, string> = {
  unreachable: 'Le serveur est injoignable. Vérifiez la connexion et réessayez.',
  unexpected_answer: 'Le serveur a donné une réponse que la caisse ne comprend pas. Prévenez votre gérant si cela se reproduit.',
  unexpected: 'Un problème est survenu sur cette page. Rechargez-la et réessayez.',
  invalid_grant: 'Cet e-mail et ce mot de passe ne vont pas ensemble.',
  locked_out: 'Trop d’essais. Attendez quelques minutes et réessayez.',
  signed_out: 'Votre session est terminée. Reconnectez-vous.',
  price_changed: 'Un prix a changé depuis le calcul.',
  coupon_unknown: 'Ce code promo n’existe pas.',
  coupon_exhausted: 'Ce code promo est épuisé.',
  coupon_expired: 'Ce code promo a expiré.',
  minimum_not_met: 'Le panier n’atteint pas le minimum de l’offre.',
  shift_closed: 'La caisse est clôturée. Ouvrez-la à nouveau pour continuer.',
  shift_already_open: 'Cette caisse est déjà ouverte.',
  tenders_short: 'Les règlements ne couvrent pas le total.',
  tenders_exceed_due: 'Les règlements dépassent le montant dû.',
  out_of_stock: 'Le stock est insuffisant pour cette vente.',
  product_unknown: 'Un article du panier n’est plus au catalogue. Retirez-le pour continuer.',
  refund_exceeds_sold: 'C’est plus que ce qui a été vendu et pas encore remboursé.',
  refund_exceeds_paid: 'C’est plus que ce qui a été payé et pas encore remboursé.',
  sale_already_voided: 'La vente est déjà annulée.',
  sale_completed: 'Le paiement vient d’arriver : la vente est terminée.',
  tenant_unknown: 'Il n’y a pas de boutique à cette adresse.',
  tenant_suspended: 'Cette boutique est suspendue. Son propriétaire doit contacter WebWaka.',
  status_400: 'Le serveur n’a pas pu lire la demande. Vérifiez votre saisie.',
  status_401: 'Votre session est terminée. Reconnectez-vous.',
  status_403: 'Vous n’avez pas le droit de faire cela.',
  status_404: 'Introuvable.',
  status_409: 'Cela ne s’accorde pas avec ce qui est déjà enregistré.',
  status_412: 'Quelqu’un a modifié cela entre-temps. Rechargez.',
  status_422: 'Le serveur a refusé la saisie.',
  status_429: 'Trop de demandes. Attendez un instant et réessayez.',
  status_500: 'Le serveur a eu un problème. Réessayez.',
  status_503: 'Le serveur n’est pas prêt. Réessayez dans un instant.',
};

export const problemSentences = { en, fr } as const;

/** The sentence for a problem: by its code, else the server's own detail where that is written for people (4xx), else by its status. */
export function sentenceFor(problem: ApiProblem, language: Language): string {
  const sentences = problemSentences[language];
  const known = sentences[problem.code];
  if (known) return known;
  if (problem.detail && problem.status >= 400 && problem.status < 500) return problem.detail;
  return sentences[`status_${problem.status}`] ?? (problem.status >= 500 ? sentences.status_500! : sentences.unexpected!);
}

/** Why a promotion did not apply, by its reason code; a reason that is already a sentence is kept. */
export const reasonFor = (reason: string, language: Language): string => problemSentences[language][reason] ?? reason.replaceAll('_', ' ');
