import { Till } from '@/till/Till';

export default function TillPage() {
  return <Till />;
}
