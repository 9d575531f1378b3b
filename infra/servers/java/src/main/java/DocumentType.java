import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Stores documents as BSON. By itself the store uses Java's serialization, which took a third of the server's time. A
 * file that was written so is still read.
 */
final class DocumentType extends BasicDataType<Document> {
    /** Begins a document in BSON; none of the store's own types has this number. */
    private static final byte BSON = -1;

    private static final int INITIAL_BYTES = 512;
    /** What the objects of a document take in memory, in relation to its BSON. */
    private static final int MEMORY_FACTOR = 4;

    private final ObjectDataType objects = new ObjectDataType();
    private volatile int averageBytes = INITIAL_BYTES;

    @Override
    public int compare(Document one, Document other) {
        throw new UnsupportedOperationException("documents are values, not keys");
    }

    @Override
    public int getMemory(Document document) {
        return averageBytes * MEMORY_FACTOR;
    }

    @Override
    public void write(WriteBuffer buffer, Document document) {
        ByteBuf bson = Unpooled.buffer(INITIAL_BYTES);
        BsonEncoder.encodeDocument(document, bson);
        buffer.put(BSON).put(bson.array(), bson.arrayOffset(), bson.readableBytes());
        averageBytes = (15 * averageBytes + bson.readableBytes()) / 16;
    }

    @Override
    public Document read(ByteBuffer buffer) {
        if (buffer.get(buffer.position()) != BSON) return (Document) objects.read(buffer);
        buffer.get();
        ByteBuf bson = Unpooled.wrappedBuffer(buffer.slice());
        Document document = BsonDecoder.decodeBson(bson);
        buffer.position(buffer.position() + bson.readerIndex());
        return document;
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }
}
