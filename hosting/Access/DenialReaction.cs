using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>What a route does besides when it refuses a caller for want of a permission; metadata of its endpoint.</summary>
/// <param name="ReactAsync">Is done before the refusal is answered.</param>
internal sealed record DenialReaction(Func<HttpContext, Error, Task> ReactAsync);
