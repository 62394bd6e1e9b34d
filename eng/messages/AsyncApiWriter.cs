using System.Text.Json.Nodes;

namespace Platform.Messages;

/// <summary>The AsyncAPI 3 document: which exchange and topic carries what.</summary>
internal static class AsyncApiWriter
{
    private const string AllEvents = "platform.events";

    public static JsonObject Write(IReadOnlyList<DescribedMessage> messages) => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "Platform messages",
            ["version"] = "1.0.0",
            ["description"] = "What the platform says over RabbitMQ and Kafka, and the commands it takes. Members may be added to a message; "
                + "none is renamed, retyped or removed. A breaking change is a new message with a higher version.",
        },
        ["defaultContentType"] = "application/json",
        ["servers"] = Servers(),
        ["channels"] = Channels(messages),
        ["operations"] = Operations(messages),
        ["components"] = new JsonObject { ["messages"] = Of(messages, message => message.Name, MessageWriter.Write) },
    };

    private static JsonObject Servers() => new()
    {
        ["rabbitmq"] = new JsonObject { ["host"] = "localhost:5672", ["protocol"] = "amqp", ["protocolVersion"] = "0-9-1" },
        ["kafka"] = new JsonObject { ["host"] = "localhost:9092", ["protocol"] = "kafka" },
    };

    private static JsonObject Channels(IReadOnlyList<DescribedMessage> messages)
    {
        var channels = Of(messages, message => message.Name, Channel);
        var events = messages.Where(message => message.IsEvent).ToList();
        channels[AllEvents] = Exchange(AllEvents, "Every event, for those who want them all.", events);
        return channels;
    }

    private static JsonObject Channel(DescribedMessage message) => message.IsRecord
        ? Topic(message)
        : Exchange(message.Name, message.Description, [message]);

    private static JsonObject Exchange(string name, string description, IReadOnlyList<DescribedMessage> messages) => new()
    {
        ["address"] = name,
        ["description"] = description,
        ["servers"] = new JsonArray(Reference("servers", "rabbitmq")),
        ["messages"] = Of(messages, message => message.Name, message => Reference("components", "messages", message.Name)),
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "routingKey",
                ["exchange"] = new JsonObject { ["name"] = name, ["type"] = "fanout", ["durable"] = true, ["autoDelete"] = false },
                ["bindingVersion"] = "0.3.0",
            },
        },
    };

    private static JsonObject Topic(DescribedMessage message) => new()
    {
        ["address"] = message.Name,
        ["description"] = message.Description,
        ["servers"] = new JsonArray(Reference("servers", "kafka")),
        ["messages"] = new JsonObject { [message.Name] = Reference("components", "messages", message.Name) },
        ["bindings"] = new JsonObject { ["kafka"] = new JsonObject { ["topic"] = message.Name, ["bindingVersion"] = "0.5.0" } },
    };

    /// <summary>From the platform's side: it sends events and records, and receives commands.</summary>
    private static JsonObject Operations(IReadOnlyList<DescribedMessage> messages) => Of(messages,
        message => $"{(message.IsCommand ? "receive" : "send")}.{message.Name}",
        message => new JsonObject
        {
            ["action"] = message.IsCommand ? "receive" : "send",
            ["channel"] = Reference("channels", message.Name),
            ["messages"] = new JsonArray(Reference("channels", message.Name, "messages", message.Name)),
        });

    private static JsonObject Of(IEnumerable<DescribedMessage> messages, Func<DescribedMessage, string> name, Func<DescribedMessage, JsonNode> value)
    {
        var all = new JsonObject();
        foreach (var message in messages) all[name(message)] = value(message);
        return all;
    }

    internal static JsonObject Reference(params IEnumerable<string> path) => new() { ["$ref"] = $"#/{string.Join('/', path)}" };
}
