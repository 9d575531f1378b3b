import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.MVStore;

/**
 * mongo-java-server behind mongod's command line: what starts a mongod starts this. Flags that have no meaning here
 * are accepted; those that would promise something this server does not have end it with a message.
 */
public final class Mongod {
    private static final Set<String> REFUSED = Set.of("replSet", "keyFile", "auth", "shardsvr", "configsvr");
    private static final Set<String> SWITCHES =
            Set.of("noauth", "quiet", "ipv6", "bind_ip_all", "nojournal", "journal", "version", "auth", "warm-up");

    /** mongod loses at most what its journal has not flushed, 100 ms by default; so does this. */
    private static final int COMMIT_DELAY_MS = 100;

    public static void main(String[] args) throws Exception {
        Map<String, String> flags = parse(args);
        if (flags.containsKey("version")) {
            System.out.println("db version v7.0.0");
            System.out.println("mongo-java-server behind mongod's command line");
            return;
        }
        for (String flag : REFUSED) {
            if (flags.containsKey(flag)) fail(2, "--" + flag + " is not supported by this server");
        }
        int port = Integer.parseInt(flags.getOrDefault("port", "27017"));
        String bind = flags.containsKey("bind_ip_all") ? "0.0.0.0" : flags.getOrDefault("bind_ip", "127.0.0.1").split(",")[0];
        Path dbpath = Path.of(flags.getOrDefault("dbpath", "/data/db"));

        MongoServer server = start(dbpath, bind, port);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        System.out.println("Waiting for connections on port " + server.getLocalAddress().getPort());
        // Ends at once: for recording the classes that a start loads.
        if (flags.containsKey("warm-up")) System.exit(0);
        Thread.currentThread().join();
    }

    private static MongoServer start(Path dbpath, String bind, int port) {
        MongoServer server = null;
        try {
            server = new MongoServer(open(dbpath));
            server.bind(bind, port);
            return server;
        } catch (Exception e) {
            if (server != null) server.shutdownNow();
            // mongod's own words and exit codes, which those who start test servers look for to try another port.
            // netty throws this checked exception undeclared, hence the test of its class here.
            if (e instanceof BindException) fail(48, "Failed to set up listener: Address already in use: " + bind + ":" + port);
            fail(100, "Exception in initAndListen: " + e);
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> parse(String[] args) {
        Map<String, String> flags = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("-")) continue;
            String[] parts = args[i].replaceFirst("^--?", "").split("=", 2);
            boolean valueFollows = i + 1 < args.length && !args[i + 1].startsWith("-");
            if (parts.length == 2) flags.put(parts[0], parts[1]);
            else if (SWITCHES.contains(parts[0]) || !valueFollows) flags.put(parts[0], "");
            else flags.put(parts[0], args[++i]);
        }
        return flags;
    }

    private static MongoBackend open(Path dbpath) throws IOException {
        Files.createDirectories(dbpath);
        // The temporary directory of a test server dies with it: a file in it would only cost time.
        if (dbpath.getFileName().toString().startsWith("mongo-mem-")) return new MemoryBackend();
        MVStore store = new MVStore.Builder().fileName(dbpath.resolve("data.mv").toString()).open();
        store.setAutoCommitDelay(COMMIT_DELAY_MS);
        return new H2Backend(store);
    }

    private static void fail(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
