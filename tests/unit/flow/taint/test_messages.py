"""What a handler does with a message depends on the kind that it was made with."""

from __future__ import annotations

from pathlib import Path

from unit.flow.taint.java_app import check

KINDS = """
    public class Main extends Activity {
        static final int KEEP = 1, SEND = 2, OTHER = 3;
        Handler handler = new Handler() {
            public void handleMessage(Message message) {
                switch (message.what) {
                    case KEEP: text = (String) message.obj; break;
                    case SEND:
                        Log.i("a", (String) message.obj);  // leaks
                        Log.i("b", String.valueOf(message.getData()));  // leaks IMEI
                        break;
                    case OTHER: Log.i("c", (String) message.obj); break;
                }
            }
        };
        String text;
        public void onCreate(Bundle state) {
            TelephonyManager phone = (TelephonyManager) getSystemService("phone");
            handler.sendMessage(handler.obtainMessage(KEEP, phone.getDeviceId()));
            Message sent = Message.obtain(handler, SEND, phone.getSubscriberId());
            Bundle bundle = new Bundle();
            bundle.putString("n", phone.getDeviceId());
            sent.setData(bundle);
            sent.sendToTarget();
        }
    }
"""
UNKNOWN_KIND = """
    public class Main extends Activity {
        Handler handler = new Handler() {
            public void handleMessage(Message message) {
                if (message.what == 7) { Log.i("a", (String) message.obj); }  // leaks IMEI
                else { Log.i("b", (String) message.obj); }  // leaks IMEI
            }
        };
        public void onCreate(Bundle state) {
            TelephonyManager phone = (TelephonyManager) getSystemService("phone");
            Message sent = handler.obtainMessage();
            sent.what = state.getInt("kind");
            sent.obj = phone.getDeviceId();
            handler.sendMessage(sent);
        }
    }
"""
COPIED = """
    public class Main extends Activity {
        Handler handler = new Handler() {
            public void handleMessage(Message message) {
                if (message.what == 7) { Log.i("a", (String) message.obj); }  // leaks IMEI
            }
        };
        public void onCreate(Bundle state) {
            TelephonyManager phone = (TelephonyManager) getSystemService("phone");
            Message first = handler.obtainMessage(7, phone.getDeviceId());
            handler.sendMessage(Message.obtain(first));
        }
    }
"""


def test_a_message_comes_to_the_case_of_its_kind_alone(tmp_path: Path) -> None:
    check(tmp_path, KINDS)


def test_a_kind_that_is_not_known_may_be_any(tmp_path: Path) -> None:
    check(tmp_path, UNKNOWN_KIND)


def test_a_copy_of_a_message_may_hold_all_that_it_had(tmp_path: Path) -> None:
    check(tmp_path, COPIED)
