using System.Buffers.Binary;
using System.Text;
using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Protobuf;
using Platform.Inference.Requests;

namespace Platform.Inference.Grpc;

/// <summary>A prediction whose request is one of many messages of a call; its answer waits for those before it.</summary>
internal sealed class StreamedCall(
    HttpContext context, ByteBuffer message, string id, Task before, TimeProvider time, Action<Error>? end) : IPredictionCall
{
    // Of ModelStreamInferResponse.
    private const int ErrorMessage = 1;
    private const int InferResponse = 2;

    public bool TriesAgain => false;

    public CancellationToken Leaving => context.RequestAborted;

    public string? WantedRole => PredictionHeaders.RoleOf(context.Request.Headers);

    public BodyRead AgainForShadow => MessageForm.Read;

    public Error? RefuseUnread() => null;

    public void Begin(LoadedVersion version, Prediction prediction, in PredictionFacts facts) => prediction.Begin(context, facts);

    public ValueTask<Error?> ReadAsync(LoadedVersion version, Prediction prediction)
    {
        if (MessageForm.Read(message.Written, prediction) is { } refusal) return new(refusal);
        prediction.TakeInputs(message.Written, version.Records);
        message.Dispose();
        return default;
    }

    public void WriteAnswer(LoadedVersion version, Prediction prediction) => prediction.WriteMessage(version.Messages, version.Labels, time, isFinal: true);

    public async ValueTask<bool> SendAsync(Prediction prediction)
    {
        using var head = new ByteBuffer();
        head.WriteHead(InferResponse, prediction.Answer.Length);
        return await SendAsync(head, prediction.Answer.WrittenMemory);
    }

    /// <summary>Tells of it in the stream, with the request's id, or ends the stream with it.</summary>
    public async Task RefuseAsync(Error error)
    {
        if (end is not null)
        {
            await before;
            end(error);
            return;
        }

        using var answer = new ByteBuffer();
        using var response = new ByteBuffer();
        if (id.Length > 0) response.WriteField(InferFields.Id, Encoding.UTF8.GetBytes(id));
        answer.WriteField(ErrorMessage, Encoding.UTF8.GetBytes(error.Detail));
        answer.WriteField(InferResponse, response.Written);
        await SendAsync(answer, default);
    }

    public void Release(Prediction prediction)
    {
    }

    private async ValueTask<bool> SendAsync(ByteBuffer head, ReadOnlyMemory<byte> rest)
    {
        await before;
        using var frame = new ByteBuffer();
        var prefix = frame.GetSpan(5);
        prefix[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], head.Length + rest.Length);
        frame.Advance(5);
        frame.Write(head.Written);
        var writer = context.Response.BodyWriter;
        await writer.WriteAsync(frame.WrittenMemory, CancellationToken.None);
        return !(await writer.WriteAsync(rest, CancellationToken.None)).IsCompleted;
    }
}
