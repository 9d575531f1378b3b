import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.MVStore;

/**
 * mongo-java-server behind mongod's command line. Flags that have no meaning here are accepted; those that would
 * promise something this server does not have end it with a message. Messages and exit codes are mongod's own, because
 * programs that start servers look for them.
 */
public final class Mongod {
    private static final Set<String> REFUSED = Set.of("replSet", "keyFile", "auth", "shardsvr", "configsvr");

    /** mongod loses at most what its journal has not flushed, 100 ms by default; so does this. */
    private static final int COMMIT_DELAY_MS = 100;

    /** What is read again from the file has to be deserialized, which costs more than all the rest of a query. */
    private static final int CACHE_MB = 128;

    public static void main(String[] args) throws InterruptedException {
        Map<String, String> flags = parse(args);
        if (flags.containsKey("version")) {
            System.out.println("db version v7.0.0\nmongo-java-server behind mongod's command line");
            return;
        }
        for (String flag : REFUSED) {
            if (flags.containsKey(flag)) fail(2, "--" + flag + " is not supported by this server");
        }
        MongoServer server = start(flags);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        System.out.println("Waiting for connections on port " + server.getLocalAddress().getPort());
        // Ends at once: for recording the classes that a start loads.
        if (flags.containsKey("warm-up")) System.exit(0);
        Thread.currentThread().join();
    }

    private static MongoServer start(Map<String, String> flags) {
        int port = Integer.parseInt(flags.getOrDefault("port", "27017"));
        String address = flags.containsKey("bind_ip_all") ? "0.0.0.0" : flags.getOrDefault("bind_ip", "127.0.0.1").split(",")[0];
        Path dbpath = Path.of(flags.getOrDefault("dbpath", "/data/db"));
        if (!Files.isDirectory(dbpath)) fail(100, "NonExistentPath: Data directory " + dbpath + " not found.");
        MongoServer server = null;
        try {
            server = new MongoServer(open(dbpath));
            server.bind(address, port);
        } catch (Exception e) {
            if (server != null) server.shutdownNow();
            // netty throws this checked exception undeclared, hence the test of its class here.
            if (e instanceof BindException) fail(48, "Failed to set up listener: Address already in use: " + address + ":" + port);
            fail(100, "DBException in initAndListen, terminating: " + e);
        }
        return server;
    }

    private static Map<String, String> parse(String[] args) {
        Map<String, String> flags = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            String[] parts = args[i].replaceFirst("^--?", "").split("=", 2);
            boolean valueFollows = parts.length == 1 && i + 1 < args.length && !args[i + 1].startsWith("-");
            flags.put(parts[0], parts.length == 2 ? parts[1] : valueFollows ? args[++i] : "");
        }
        return flags;
    }

    private static MongoBackend open(Path dbpath) {
        // The temporary directory of a test server dies with it: a file in it would only cost time.
        if (dbpath.getFileName().toString().startsWith("mongo-mem-")) return new IndexedBackend(MVStore.open(null));
        MVStore store = new MVStore.Builder().fileName(dbpath.resolve("data.mv").toString()).cacheSize(CACHE_MB).open();
        store.setAutoCommitDelay(COMMIT_DELAY_MS);
        return new IndexedBackend(store);
    }

    private static void fail(int code, String message) {
        System.err.println(message);
        System.exit(code);
    }
}
