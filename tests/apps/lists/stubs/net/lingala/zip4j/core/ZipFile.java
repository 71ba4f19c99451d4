package net.lingala.zip4j.core;

public class ZipFile {
    public ZipFile(String path) {
    }

    public void setPassword(String password) {
    }

    public void extractAll(String folder) {
    }
}
