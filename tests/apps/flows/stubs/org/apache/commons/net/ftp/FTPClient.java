package org.apache.commons.net.ftp;
import java.io.IOException;
import java.io.InputStream;
public class FTPClient { public boolean storeFile(String name, InputStream content) throws IOException { return false; } }
