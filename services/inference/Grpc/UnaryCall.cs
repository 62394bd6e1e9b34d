using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;
using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Protobuf;
using Platform.Inference.Requests;

namespace Platform.Inference.Grpc;

/// <summary>A prediction whose request is the only message of a call.</summary>
internal readonly struct UnaryCall(HttpContext context, ByteBuffer message, TimeProvider time) : IPredictionCall
{
    private const int PrefixBytes = 5;

    // The server copies what it is given in one piece into memory of its own, however slowly it is read.
    private const int Piece = 256 << 10;

    public bool TriesAgain => false;

    public CancellationToken Leaving => context.RequestAborted;

    public string? WantedRole => PredictionHeaders.RoleOf(context.Request.Headers);

    public BodyRead AgainForShadow => MessageForm.Read;

    public Error? RefuseUnread() => null;

    public void Begin(LoadedVersion version, Prediction prediction, in PredictionFacts facts)
    {
        var headers = context.Response.Headers;
        headers[PredictionHeaders.PredictionId] = facts.Id;
        headers[PredictionHeaders.ModelVersion] = version.Version;
        headers[PredictionHeaders.Route] = facts.Route;
        prediction.Begin(context, facts);
    }

    public ValueTask<Error?> ReadAsync(LoadedVersion version, Prediction prediction)
    {
        if (MessageForm.Read(message.Written, prediction) is { } refusal) return new(refusal);
        prediction.TakeInputs(message.Written, version.Records);
        message.Dispose();
        return default;
    }

    public void WriteAnswer(LoadedVersion version, Prediction prediction) => prediction.WriteMessage(version.Messages, version.Labels, time, isFinal: false);

    public ValueTask<bool> SendAsync(Prediction prediction) => SendAsync(context.Response, prediction);

    public Task RefuseAsync(Error error) => HttpRefusal.SendAsync(context, error);

    public void Release(Prediction prediction)
    {
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> SendAsync(HttpResponse response, Prediction prediction)
    {
        CallProtocol.BeginAnswer(response);
        var writer = response.BodyWriter;
        WritePrefix(writer, prediction.Answer.Length);
        var rest = prediction.Answer.WrittenMemory;
        for (; rest.Length > Piece; rest = rest[Piece..])
            if ((await writer.WriteAsync(rest[..Piece], CancellationToken.None)).IsCompleted) return false;
        writer.Write(rest.Span);
        // With the end of the call, so that one frame follows the other.
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers.GrpcStatus = "0";
        await response.CompleteAsync();
        return !prediction.HasLeft;
    }

    private static void WritePrefix(IBufferWriter<byte> writer, int length)
    {
        var prefix = writer.GetSpan(PrefixBytes);
        prefix[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], length);
        writer.Advance(PrefixBytes);
    }
}
