using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

// dotnet run --project samples/subscriber [amqp://user:password@host:port/vhost] [exchange …]
// Prints a line for each event. The exchanges are listed in docs/messages/messages.md; platform.events carries all of them.
var broker = new Uri(args.ElementAtOrDefault(0) ?? "amqp://guest:guest@127.0.0.1:5672");
var exchanges = args.Skip(1).DefaultIfEmpty("platform.events");

// A queue of our own, by a name of our own: it is filled while we are away. Two processes with this name share the work.
const string Queue = "sample-subscriber";

await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false,
    new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
foreach (var exchange in exchanges)
{
    // Declaring what is there already changes nothing; this way it does not matter who starts first.
    await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
    await channel.QueueBindAsync(Queue, exchange, routingKey: "");
}

await channel.BasicQosAsync(prefetchSize: 0, prefetchCount: 16, global: false);
var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += async (_, message) =>
{
    // An event may come twice: remember cloudEvents_source and cloudEvents_id with what you do about it.
    var body = JsonSerializer.Deserialize<JsonElement>(message.Body.Span);
    Console.WriteLine($"{Header("type")} {Header("subject")} {Header("source")}#{Header("id")} {body}");
    await channel.BasicAckAsync(message.DeliveryTag, multiple: false); // only now: a crash before this line brings it back

    string Header(string name) => message.BasicProperties.Headers?.TryGetValue($"cloudEvents_{name}", out var value) == true
        && value is byte[] text ? Encoding.UTF8.GetString(text) : "";
};
await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
Console.WriteLine($"waiting for events in {Queue}; Ctrl-C ends");
await Task.Delay(Timeout.Infinite);
