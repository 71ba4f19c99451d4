package org.example;

import android.app.Activity;
import android.app.AlarmManager;
import android.app.PendingIntent;
import android.app.Service;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.location.LocationManager;
import android.net.wifi.WifiManager;
import android.os.Bundle;
import android.os.Handler;
import android.os.IBinder;
import android.telephony.TelephonyManager;
import android.view.View;
import java.util.Calendar;

/** Reads that come again, each by a way of its own, and some that do not; by javac and d8. */
public class Beats {

  /** Reads the position and sets its own next time: every five minutes. */
  public static class Poll extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
      ((LocationManager) context.getSystemService("location")).getLastKnownLocation("gps");
      next(context);
    }

    static void next(Context context) {
      AlarmManager alarms = (AlarmManager) context.getSystemService("alarm");
      alarms.set(0, System.currentTimeMillis() + 300000L, pending(context));
    }

    static PendingIntent pending(Context context) {
      Intent intent = new Intent(context, Poll.class);
      intent.setFlags(16);
      return PendingIntent.getBroadcast(context, 0, intent, 0);
    }
  }

  /** Starts the service when the phone has started. */
  public static class Boot extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
      context.startService(new Intent(context, Track.class));
    }
  }

  /** Reads the networks around every ten seconds, by a task that posts itself anew. */
  public static class Track extends Service {
    private final Handler handler = new Handler();
    private final Runnable task =
        new Runnable() {
          @Override
          public void run() {
            ((WifiManager) getSystemService("wifi")).getScanResults();
            handler.postDelayed(task, 10000);
          }
        };

    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
      handler.post(task);
      return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
      return null;
    }
  }

  /** Reads the app in front in a loop; the number of the SIM card once before. */
  public static class Watch extends Service implements Runnable {
    @Override
    public void onCreate() {
      new Thread(this).start();
    }

    @Override
    public void run() {
      TelephonyManager phone = (TelephonyManager) getSystemService("phone");
      phone.getSimSerialNumber();
      while (true) {
        phone.getCellLocation();
        try {
          Thread.sleep(60000);
        } catch (InterruptedException stopped) {
          return;
        }
      }
    }

    @Override
    public IBinder onBind(Intent intent) {
      return null;
    }
  }

  /** Runs once at a time that a screen sets, half an hour later, and sets no other. */
  public static class Remind extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
      ((TelephonyManager) getSystemService("phone")).getLine1Number();
      return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
      return null;
    }
  }

  /** The screen: sets the first times, and posts a task that is not posted anew. */
  public static class Main extends Activity implements View.OnClickListener {
    private final Handler handler = new Handler();

    @Override
    public void onCreate(Bundle state) {
      Poll.next(this);
      startService(new Intent(this, Watch.class));
      View view = new View(this);
      view.setOnClickListener(this);
      setContentView(view);
    }

    @Override
    public void onClick(View view) {
      Calendar time = Calendar.getInstance();
      time.add(Calendar.MINUTE, 30);
      PendingIntent then =
          PendingIntent.getService(this, 0, new Intent(this, Remind.class), 0);
      ((AlarmManager) getSystemService("alarm")).set(0, time.getTimeInMillis(), then);
      handler.postDelayed(
          new Runnable() {
            @Override
            public void run() {
              ((TelephonyManager) getSystemService("phone")).getSubscriberId();
            }
          },
          2000);
    }
  }
}
