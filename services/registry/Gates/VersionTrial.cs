using System.Diagnostics;
using Platform.Onnx.Batching;
using Platform.Onnx.Children;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Registry.References;
using Platform.Registry.Sessions;

namespace Platform.Registry.Gates;

/// <summary>The process that tries a version out: loads its file and asks it its reference rows, or rows that it makes up.</summary>
internal sealed class VersionTrial : IChildRole
{
    /// <summary>Lines of answers, on their way to the registry.</summary>
    public const byte Lines = 2;

    public void Run(Stream input, Stream output)
    {
        var talk = VettingTalk.Within(input, output);
        var request = talk.Hear<TrialRequest>();
        try
        {
            var started = Stopwatch.GetTimestamp();
            using var session = ModelFile.Load(request.Path);
            talk.Say(new TrialLoaded(session.Provider, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
            var manner = new CallManner(session, ModelFile.Prove(request.Path), request.Signature, request.RowPolicy);
            var answers = request.Rows is null ? WarmUp(session) : Answer(session, manner, request, talk);
            talk.Say(new TrialResult(answers, manner.Remark, TimedRows.Measure(session, request)));
        }
        catch (ModelLoadException exception)
        {
            talk.Refuse(exception.Message);
        }
    }

    /// <summary>Runs the version on rows that are made up, as inference will before it serves; what it cannot be run on says nothing against it.</summary>
    private static ReferenceAnswers? WarmUp(ModelSession session)
    {
        ProbeRows.MakeUp(session, CancellationToken.None);
        return null;
    }

    private static ReferenceAnswers Answer(ModelSession session, CallManner manner, TrialRequest request, VettingTalk talk)
    {
        using var lines = new JsonLineWriter(new PartStream(talk, Lines));
        manner.Try(request.Rows!, CancellationToken.None);
        var run = new ReferenceRun(session, request.Signature, new PredictionLines(lines), manner.MayShare ? request.BatchSize : 1);
        var answers = run.Run(request.Rows!, CancellationToken.None);
        manner.TryAgain(CancellationToken.None);
        lines.Flush();
        return answers;
    }
}
