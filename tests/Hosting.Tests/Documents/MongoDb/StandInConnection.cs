using System.Buffers.Binary;
using System.Net.Sockets;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace Platform.Hosting.Tests.Documents.MongoDb;

/// <summary>Reads messages off a connection and answers them in turn.</summary>
internal sealed class StandInConnection(TcpClient client, StandInCommands commands, StandInServer server) : IDisposable
{
    private const int Header = 16;
    private const int OpReply = 1, OpQuery = 2004, OpMsg = 2013;

    public async Task RunAsync()
    {
        try
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var header = new byte[Header];
            while (true)
            {
                await stream.ReadExactlyAsync(header);
                var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(header) - Header];
                await stream.ReadExactlyAsync(body);
                var request = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
                var operation = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
                var isMessage = operation == OpMsg;
                if (!isMessage && operation != OpQuery) throw new IOException($"Operation {operation} is unknown to the stand-in.");
                var command = isMessage ? ReadMessage(body) : ReadQuery(body);
                var answer = commands.Run(command);
                if (server.AnswersToLose.TryPeek(out var lost) && lost == command.GetElement(0).Name)
                {
                    server.AnswersToLose.Dequeue();
                    return;
                }
                await stream.WriteAsync(isMessage ? Message(request, answer) : Reply(request, answer));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
        {
            // The other side has gone, or this one was broken on purpose.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>OP_MSG: flags, then a body (kind 0) and document sequences (kind 1), which become arrays of the body.</summary>
    private static BsonDocument ReadMessage(byte[] body)
    {
        using var stream = new BsonStreamAdapter(new MemoryStream(body));
        stream.Position = sizeof(int);
        var (command, sequences) = (new BsonDocument(), new BsonDocument());
        while (stream.Position < stream.Length)
        {
            if (stream.ReadByte() == 0)
            {
                command = ReadDocument(stream);
                continue;
            }
            var end = stream.Position + stream.ReadInt32();
            var name = stream.ReadCString(new System.Text.UTF8Encoding());
            var documents = new BsonArray();
            while (stream.Position < end) documents.Add(ReadDocument(stream));
            sequences[name] = documents;
        }
        return command.Merge(sequences);
    }

    /// <summary>OP_QUERY: flags, the collection, skip, limit, then the query, which is the greeting.</summary>
    private static BsonDocument ReadQuery(byte[] body)
    {
        using var stream = new BsonStreamAdapter(new MemoryStream(body));
        stream.Position = sizeof(int);
        _ = stream.ReadCString(new System.Text.UTF8Encoding());
        stream.Position += 2 * sizeof(int);
        return ReadDocument(stream);
    }

    private static BsonDocument ReadDocument(BsonStreamAdapter stream)
    {
        using var reader = new BsonBinaryReader(stream);
        return BsonDocumentSerializer.Instance.Deserialize(BsonDeserializationContext.CreateRoot(reader));
    }

    private static byte[] Message(int request, BsonDocument answer) => Frame(OpMsg, request, [0, 0, 0, 0, 0, .. answer.ToBson()]);

    private static byte[] Reply(int request, BsonDocument answer) =>
        Frame(OpReply, request, [.. new byte[16], 1, 0, 0, 0, .. answer.ToBson()]);

    private static byte[] Frame(int operation, int request, byte[] body)
    {
        var message = new byte[Header + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), request);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), operation);
        body.CopyTo(message, Header);
        return message;
    }
}
