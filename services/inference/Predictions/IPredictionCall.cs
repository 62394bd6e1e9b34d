using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Requests;
using Platform.Inference.Routing;

namespace Platform.Inference.Predictions;

/// <summary>Reads a whole request into the tensors; says why it is refused, or null.</summary>
internal delegate Error? BodyRead(byte[] body, LoadedVersion version, Prediction prediction);

/// <summary>What a transport does of a prediction. The rest is the same for all of them: <see cref="DataPlane"/>.</summary>
internal interface IPredictionCall
{
    /// <summary>True where a refusal for want of room is told to nobody, but tried again later: such an attempt leaves no record.</summary>
    bool TriesAgain { get; }

    /// <summary>Asked for where the model must be fetched first: cancelled when nobody waits for that any more.</summary>
    CancellationToken Leaving { get; }

    /// <summary>The role that the caller asks for where several versions share the requests (<see cref="RouteRole"/>); asked for there only.</summary>
    string? WantedRole { get; }

    /// <summary>What reads the request once more for a shadow, after its reply has gone; asked for where there is a shadow only.</summary>
    BodyRead AgainForShadow { get; }

    /// <summary>Why the request is refused before anybody fetches a model that is not loaded; null where it is not.</summary>
    Error? RefuseUnread();

    /// <summary>Begins <paramref name="prediction"/>, now that it is known who answers.</summary>
    void Begin(LoadedVersion version, Prediction prediction, in PredictionFacts facts);

    /// <summary>Reads the request into the tensors.</summary>
    /// <returns>Why it is refused, or null.</returns>
    ValueTask<Error?> ReadAsync(LoadedVersion version, Prediction prediction);

    /// <summary>Writes the answer from the outputs that the run has left; not beyond the limit of the buffer that it goes into.</summary>
    void WriteAnswer(LoadedVersion version, Prediction prediction);

    /// <summary>Sends it; false when its caller had left.</summary>
    ValueTask<bool> SendAsync(Prediction prediction);

    /// <summary>Tells the caller why there is no answer.</summary>
    Task RefuseAsync(Error error);

    /// <summary>Called when the answer has gone, or never came about: gives back what the request took.</summary>
    void Release(Prediction prediction);
}
