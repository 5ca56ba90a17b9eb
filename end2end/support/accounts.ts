// Accounts that many tests begin with.
import type { Api } from './api';

/** Five accounts, no two alike in any field. */
export async function seed(api: Api): Promise<void> {
  await api.account({ name: 'Alerts', sender: 'alerts@one.test', reply_to: 'help@one.test', return_path: 'bounce@one.test', confirmation: 'read@one.test' });
  await api.account({ name: 'Ação', sender: 'acao@two.test', reply_to: 'ajuda@two.test', return_path: 'volta@two.test', confirmation: 'lido@two.test', enabled: false });
  await api.account({ name: 'Billing', sender: 'billing@three.test', reply_to: 'money@three.test', return_path: 'late@three.test', confirmation: 'paid@three.test', force_settings: true });
  await api.account({ name: 'Ünder', sender: 'under@four.test', reply_to: 'deep@four.test', return_path: 'below@four.test', confirmation: 'seen@four.test', read_receipt: true, secure: false });
  await api.account({ name: 'zeta', sender: 'zeta@five.test', reply_to: 'zz@five.test', return_path: 'zb@five.test', confirmation: 'zc@five.test', footnote: true, ignore_certificate_errors: true });
}
