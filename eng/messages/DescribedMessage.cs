using Platform.Contracts;
using Platform.Contracts.Inference;

namespace Platform.Messages;

/// <summary>What travels between processes: the messages of the bus and the records of the prediction log.</summary>
/// <param name="Name">The wire name, which is also the exchange or topic.</param>
/// <param name="Type">The contract.</param>
internal sealed record DescribedMessage(string Name, Type Type)
{
    public static IReadOnlyList<DescribedMessage> All { get; } =
    [
        .. MessageTypes.All.Select(message => new DescribedMessage(message.Key, message.Value))
            .Append(new DescribedMessage(PredictionLogged.EventType, typeof(PredictionLogged)))
            .OrderBy(message => message.Name, StringComparer.Ordinal),
    ];

    public bool IsEvent => typeof(IEvent).IsAssignableFrom(Type);

    public bool IsCommand => typeof(ICommand).IsAssignableFrom(Type);

    /// <summary>Whether it is a record of a Kafka topic rather than a message of the bus.</summary>
    public bool IsRecord => !IsEvent && !IsCommand;

    public string SchemaFile => $"schemas/{Name}.json";

    public string Description => XmlDocs.Of(Type);
}
