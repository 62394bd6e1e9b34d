using System.Security.Cryptography;
using System.Text;
using MassTransit;
using Platform.Contracts;
using Platform.Hosting.Documents;

namespace Platform.Hosting.Messaging;

/// <summary>The CloudEvents attributes of an outbox message, as headers of the AMQP binding.</summary>
internal static class CloudEvent
{
    private const string Prefix = "cloudEvents_";

    public static void Describe(SendContext context, string service, StoredEvent stored)
    {
        context.MessageId = MessageId(service, stored);
        foreach (var (name, value) in Attributes(service, stored)) context.Headers.Set(name, value);
    }

    public static IEnumerable<(string Name, string Value)> Attributes(string service, StoredEvent stored) =>
    [
        (Prefix + "specversion", "1.0"),
        (Prefix + "id", $"{stored.Sequence}"),
        (Prefix + "source", $"/{service}"),
        (Prefix + "type", stored.Type),
        (Prefix + "subject", stored.Key),
        (Prefix + "time", stored.At.UtcDateTime.ToString("O")),
        (Prefix + "sequence", $"{stored.Sequence}"),
    ];

    /// <summary>The attributes of a message that comes from no outbox; those that it has stay.</summary>
    public static void Complete<T>(PublishContext<T> context, DateTimeOffset now) where T : class
    {
        if (context.Headers.TryGetHeader(Prefix + "id", out _)) return;
        var type = MessageTypes.NameOf(typeof(T));
        context.Headers.Set(Prefix + "specversion", "1.0");
        context.Headers.Set(Prefix + "id", $"{context.MessageId}");
        context.Headers.Set(Prefix + "source", $"/{type[..type.IndexOf('.')]}");
        context.Headers.Set(Prefix + "type", type);
        context.Headers.Set(Prefix + "time", now.UtcDateTime.ToString("O"));
    }

    /// <summary>The same for every attempt, so that consumers can tell a repetition.</summary>
    public static Guid MessageId(string service, StoredEvent stored) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{service}/{stored.Sequence}/{stored.At.UtcTicks}")).AsSpan(0, 16));
}
