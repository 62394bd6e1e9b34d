using System.Runtime.CompilerServices;
using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Requests;

namespace Platform.Inference.Predictions;

/// <summary>A prediction whose request is the body of an HTTP request, in whichever form.</summary>
internal readonly struct HttpCall<TForm>(HttpContext context, BodyReader bodies, TimeProvider time) : IPredictionCall where TForm : IBodyForm
{
    // The server copies what it is given in one piece into memory of its own, however slowly it is read.
    private const int Piece = 256 << 10;

    public bool TriesAgain => false;

    public CancellationToken Leaving => context.RequestAborted;

    public string? WantedRole => PredictionHeaders.RoleOf(context.Request.Headers);

    public BodyRead AgainForShadow
    {
        get
        {
            PredictionHeaders.TryReadJsonLength(context.Request.Headers, out var jsonLength);
            return (body, version, prediction) => TForm.Read(body, jsonLength, version, prediction);
        }
    }

    public Error? RefuseUnread() => bodies.RefuseLength(context.Request);

    public void Begin(LoadedVersion version, Prediction prediction, in PredictionFacts facts)
    {
        context.Response.Headers[PredictionHeaders.PredictionId] = facts.Id;
        context.Response.Headers[PredictionHeaders.ModelVersion] = version.Version;
        context.Response.Headers[PredictionHeaders.Route] = facts.Route;
        prediction.Begin(context, facts);
    }

    public ValueTask<Error?> ReadAsync(LoadedVersion version, Prediction prediction)
    {
        var reading = bodies.ReadAsync(context, prediction.Body, prediction.Scratch);
        return reading.IsCompletedSuccessfully ? new(reading.Result ?? Parse(context, version, prediction)) : WaitAsync(reading, context, version, prediction);
    }

    public void WriteAnswer(LoadedVersion version, Prediction prediction) => TForm.WriteAnswer(version, prediction, time);

    public ValueTask<bool> SendAsync(Prediction prediction) => SendAsync(context, prediction);

    public Task RefuseAsync(Error error) => HttpRefusal.SendAsync(context, error);

    public void Release(Prediction prediction) => bodies.Release(prediction.BodyLength);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Error?> WaitAsync(ValueTask<Error?> reading, HttpContext context, LoadedVersion version, Prediction prediction) =>
        await reading ?? Parse(context, version, prediction);

    private static Error? Parse(HttpContext context, LoadedVersion version, Prediction prediction)
    {
        if (!PredictionHeaders.TryReadJsonLength(context.Request.Headers, out var jsonLength)) return PredictionErrors.BadJsonLength;
        if (TForm.Read(prediction.Body.Written, jsonLength, version, prediction) is { } refusal) return refusal;
        prediction.TakeInputs(prediction.Body.Written, version.Records);
        return null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> SendAsync(HttpContext context, Prediction prediction)
    {
        var response = context.Response;
        response.ContentType = prediction.AnswerJsonLength is null ? "application/json" : "application/octet-stream";
        if (prediction.AnswerJsonLength is { } jsonLength) response.Headers[PredictionHeaders.JsonLength] = jsonLength.ToString();
        var answer = prediction.Answer;
        if (ContentCoding.Choose(context.Request.Headers, answer.Length) is { } coding)
        {
            response.Headers.ContentEncoding = coding.Name;
            coding.Compress(answer, answer = prediction.Scratch);
        }

        response.ContentLength = answer.Length;
        var rest = answer.WrittenMemory;
        for (; rest.Length > Piece; rest = rest[Piece..])
            if ((await response.BodyWriter.WriteAsync(rest[..Piece], CancellationToken.None)).IsCompleted) return false;
        return !(await response.BodyWriter.WriteAsync(rest, CancellationToken.None)).IsCompleted;
    }
}
