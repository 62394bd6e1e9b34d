using System.Buffers.Binary;
using System.Net;
using Google.Protobuf;
using Platform.Inference.Grpc.Messages;
using Platform.TestModels;

namespace Platform.Inference.Tests.Grpc;

/// <summary>Messages that come in pieces, as frames and packets part them.</summary>
public sealed class PiecesTests
{
    private const string Path = "/inference.GRPCInferenceService/ModelInfer";

    [Fact]
    public async Task However_a_message_is_parted_it_is_read_as_one()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("linear", "1", TinyModels.Linear()));
        var rows = Enumerable.Range(0, 3000).Select(i => (float)i).ToArray();
        var message = Requests.Raw("linear", "FP32", [1000, 3], rows).ToByteArray();
        byte[] call = [0, 0, 0, 0, 0, .. message];
        BinaryPrimitives.WriteInt32BigEndian(call.AsSpan(1), message.Length);

        for (var seed = 0; seed < 20; seed++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Http.BaseAddress!, Path))
            {
                Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new Pieces(call, new Random(seed)),
            };
            using var answer = await host.Http.SendAsync(request);
            var bytes = await answer.Content.ReadAsByteArrayAsync();

            Assert.Equal("0", answer.TrailingHeaders.GetValues("grpc-status").Single());
            var doubled = ModelInferResponse.Parser.ParseFrom(bytes.AsSpan(5)).RawOutputContents[1];
            Assert.True(rows.Select(value => 2 * value).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(doubled.Span).ToArray()), $"seed {seed}");
        }
    }

    private sealed class Pieces : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly Random _random;

        public Pieces(byte[] bytes, Random random)
        {
            (_bytes, _random) = (bytes, random);
            Headers.ContentType = new("application/grpc");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var at = 0; at < _bytes.Length;)
            {
                // A few bytes at first, so that what stands before the message is parted, too.
                var length = Math.Min(_bytes.Length - at, _random.Next(1, at < 16 ? 4 : 4000));
                await stream.WriteAsync(_bytes.AsMemory(at, length));
                await stream.FlushAsync();
                at += length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
