using System.Net.Mime;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Serialization;

namespace Platform.Hosting.Messaging;

/// <summary>Raw JSON as the framework reads it, behind the byte order mark that some libraries write before UTF-8; in a body of HTTP it is passed over, too.</summary>
internal sealed class MarkedJson : ISerializerFactory
{
    private readonly SystemTextJsonRawMessageSerializerFactory _raw = new();

    public ContentType ContentType => _raw.ContentType;

    public IMessageSerializer CreateSerializer() => _raw.CreateSerializer();

    public IMessageDeserializer CreateDeserializer() => new Deserializer(_raw.CreateDeserializer());

    private sealed class Deserializer(IMessageDeserializer raw) : IMessageDeserializer
    {
        public ContentType ContentType => raw.ContentType;

        public ConsumeContext Deserialize(ReceiveContext receiveContext) => new BodyConsumeContext(
            receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

        public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
        {
            var bytes = body.GetBytes();
            var unmarked = bytes.AsSpan().StartsWith("\uFEFF"u8) ? new BytesMessageBody(bytes["\uFEFF"u8.Length..]) : body;
            return raw.Deserialize(unmarked, headers, destinationAddress);
        }

        public MessageBody GetMessageBody(string text) => raw.GetMessageBody(text);

        public void Probe(ProbeContext context) => raw.Probe(context);
    }
}
