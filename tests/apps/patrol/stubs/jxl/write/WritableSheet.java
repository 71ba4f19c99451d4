package jxl.write; public interface WritableSheet { void addCell(WritableCell c) throws Exception; }
