using Microsoft.Extensions.Options;
using Platform.Explainer.Attribution;
using Platform.Explainer.Explanations;
using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Explainer.Settings;
using Platform.Hosting.Errors;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Computing;

/// <summary>Explains the rows of one subject on a loaded model. Pure computation, on the calling thread.</summary>
internal sealed class RowsExplainer(IOptions<ExplainerOptions> options)
{
    /// <summary>The most attributions in one answer: rows × features × outputs.</summary>
    private const long MaximumAttributions = 1_000_000;

    /// <summary>Whether the background comes from the version's reference rows.</summary>
    public static bool NeedsReference(ModelSession session, Subject subject, ExplanationRequest request) =>
        request.Background is null
        && !(session.Signature.Inputs is [{ Datatype: Datatype.Bytes, Shape: [_] or [_, 1] }] && !SubjectKinds.IsCategory(subject.Version.Metadata));

    public Result<Explanation> Explain(
        LoadedModel model, Subject subject, ReferenceRows reference, ExplanationRequest request, CancellationToken cancellationToken)
    {
        var session = model.Session;
        var instances = InstanceReader.Read(session.Signature, subject.Inputs, new CellVocabulary());
        if (!instances.Succeeded(out var read, out var error))
            return error;
        var found = OutputSelection.FindOutput(session.Signature, subject.Version.Metadata, request.Output);
        if (!found.Succeeded(out var output, out error))
            return error;

        using var call = new ModelCall(session, read, output, model.Sharing.MayShare);
        var question = new Question(
            call, read, session.Signature.Outputs[output].Name, subject.Version, request, model.Structure,
            OutputSelection.IsPrediction(session.Signature, subject.Version.Metadata, output));
        if (DecisionExplainers.Find(request.Method) is { } explainer) return DecisionExplainers.Explain(explainer, question, reference, cancellationToken);
        var games = read.Layout.IsSingleString && !SubjectKinds.IsCategory(subject.Version.Metadata)
            ? TextGames.Begin(question, options.Value.TextSegments, cancellationToken)
            : TabularGames.Begin(question, reference, cancellationToken);
        return games.Succeeded(out var begun, out error) ? Attribute(question, begun, cancellationToken) : error;
    }

    private static Result<Explanation> Attribute(Question question, BegunGames begun, CancellationToken cancellationToken)
    {
        if (begun.Games.Sum(game => (long)game.Players * game.Outputs) > MaximumAttributions)
            return ExplanationErrors.AnswerTooLarge(MaximumAttributions);
        var settings = new AttributionSettings(question.Seed, question.Request.Budget, new AttributionLimits());
        var method = AttributionMethods.Resolve(question.Request.Method ?? AttributionMethods.Auto, begun.Games, settings);
        foreach (var game in begun.Games)
        {
            if (method.Refuse(game, settings) is { } refusal)
                return ExplanationErrors.Refused(refusal);
        }

        var results = begun.Games.Select(game => method.Explain(game, settings, cancellationToken)).ToList();
        return results.TrueForAll(result => result.IsFinite)
            ? ExplanationWriter.Write(question, begun, method.Name, results)
            : ModelErrors.NotFinite();
    }
}
