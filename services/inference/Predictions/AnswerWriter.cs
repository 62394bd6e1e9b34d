using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Protocol;
using Platform.Inference.Requests;
using Platform.Inference.Settings;

namespace Platform.Inference.Predictions;

/// <summary>Writes answers within the limits for one and for all together.</summary>
internal sealed class AnswerWriter(AnswerBudget budget, IOptions<ServingOptions> options)
{
    // What is smaller takes hardly more than its request does, and is not worth counting.
    private const long WorthCounting = 64 << 10;

    private readonly int _limit = (int)options.Value.MaxAnswerBytes;

    /// <summary>Writes the answer from the outputs that the run has left; both count until <see cref="Release"/>.</summary>
    /// <returns>Why there is none, or null.</returns>
    public Error? Write<TCall>(in TCall call, LoadedVersion version, Prediction prediction) where TCall : IPredictionCall
    {
        if (!TryWrite(call, version, prediction)) return PredictionErrors.AnswerTooLarge(_limit);
        // What all answers together may not take finds room at no time: nobody should try it again.
        if (prediction.AnswerBytes > budget.Limit) return PredictionErrors.AnswerTooLarge(budget.Limit);
        return Count(prediction) ? null : PredictionErrors.Busy;
    }

    /// <summary>To be called when an answer has gone, or never came about.</summary>
    public void Release(Prediction prediction)
    {
        if (prediction.CountedAnswerBytes == 0) return;
        budget.GiveBack(prediction.CountedAnswerBytes);
        prediction.CountedAnswerBytes = 0;
    }

    private bool TryWrite<TCall>(in TCall call, LoadedVersion version, Prediction prediction) where TCall : IPredictionCall
    {
        try
        {
            prediction.Answer.Limit = _limit;
            call.WriteAnswer(version, prediction);
            return prediction.Answer.Length <= _limit;
        }
        catch (BufferLimitException)
        {
            return false;
        }
    }

    private bool Count(Prediction prediction)
    {
        var bytes = prediction.AnswerBytes;
        if (bytes < WorthCounting) return true;
        if (!budget.TryTake(bytes)) return false;
        prediction.CountedAnswerBytes = bytes;
        return true;
    }
}
