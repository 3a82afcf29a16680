package io.zproc.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.zproc.Context;
import io.zproc.MapOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.IntStream;

/** Four processes fetch pages from a web server; they come in order, as they arrive. */
public final class ParallelDownload {
  private ParallelDownload() {}

  static String fetch(String page) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(page)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  public static void main(String[] args) throws IOException {
    HttpServer web = startWebServer();
    try (Context ctx = Context.open()) {
      String site = "http://127.0.0.1:" + web.getAddress().getPort() + "/page/";
      List<String> pages = IntStream.rangeClosed(1, 8).mapToObj(n -> site + n).toList();
      ctx.processMap(ParallelDownload::fetch, pages, MapOptions.defaults().count(4))
          .forEach(System.out::println);
    } finally {
      web.stop(0);
    }
  }

  private static HttpServer startWebServer() throws IOException {
    HttpServer web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    web.createContext(
        "/page/",
        exchange -> {
          byte[] text = ("this is " + exchange.getRequestURI()).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    web.start();
    return web;
  }
}
