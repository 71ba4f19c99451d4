package org.example;

import android.app.Activity;
import android.nfc.Tag;
import android.nfc.tech.IsoDep;
import android.os.Bundle;
import android_serialport_api.SerialPort;
import java.io.File;

/** Speaks to readers byte by byte; compiled by javac and d8. */
public class Cards extends Activity {
  static final byte[] FIND = {
    (byte) 0xAA, (byte) 0xAA, (byte) 0xAA, (byte) 0x96, 0x69, 0x00, 0x03, 0x20, 0x01, 0x22
  };
  static final byte[] COLOURS = {
    (byte) 0xAA, (byte) 0xAA, (byte) 0xAA, 0x00, (byte) 0x96, 0x69, 0x00, 0x03, 0x20, 0x01, 0x22
  };

  @Override
  public void onCreate(Bundle state) {
    try {
      SerialPort port = new SerialPort(new File("/dev/ttyS4"), 115200, 0);
      port.getOutputStream().write(FIND);
      IsoDep chip = IsoDep.get((Tag) getIntent().getParcelableExtra("tag"));
      chip.transceive(bytes("00A4040C07A0000002471001"));
      setTitle("A0000002471003" + COLOURS.length + "Hold the passport to the phone, 1PAY");
    } catch (Exception broken) {
      finish();
    }
  }

  static byte[] bytes(String text) {
    byte[] found = new byte[text.length() / 2];
    for (int at = 0; at < found.length; at++) {
      found[at] = (byte) Integer.parseInt(text.substring(2 * at, 2 * at + 2), 16);
    }
    return found;
  }
}
