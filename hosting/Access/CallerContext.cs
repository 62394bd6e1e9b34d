using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>Who is asking, and what it may do, from within a handler. A gRPC service asks <c>context.GetHttpContext()</c>.</summary>
public static class CallerContext
{
    /// <summary>Who is asking: everybody where nobody is asked, and a stranger, who may do nothing, who has not proved who it is.</summary>
    public static Caller GetCaller(this HttpContext context) => context.Features.Get<Caller>() ?? Caller.Stranger;

    /// <summary>Whether the caller may do this with the model and the alias, or with every one where none is named.</summary>
    public static bool Permits(this HttpContext context, Permission permission, string? model = null, string? alias = null) =>
        context.GetCaller().Permits(permission, model, alias);

    /// <summary>
    /// The refusal, counted and logged, of a caller that may not do this with the model and the alias, or with every one where none is
    /// named: 403 <c>access.denied</c>, or 401 for a stranger. Null where it may.
    /// </summary>
    public static Error? Deny(this HttpContext context, Permission permission, string? model = null, string? alias = null) =>
        context.Permits(permission, model, alias)
            ? null
            : context.RequestServices.GetRequiredService<AccessRefusals>().Deny(context, AccessErrors.Denied(PermissionNames.NameOf(permission), model, alias));

    /// <summary>The refusal, counted and logged, of a caller that has none of these permissions for the model; null where it has one.</summary>
    public static Error? DenyUnlessAny(this HttpContext context, string model, params IReadOnlyList<Permission> anyOf) =>
        anyOf.Any(permission => context.Permits(permission, model))
            ? null
            : context.RequestServices.GetRequiredService<AccessRefusals>().Deny(context, AccessErrors.Denied(PermissionNames.AnyOf(anyOf), model, null));

    /// <summary>The refusal, counted and logged, of a caller whose key was revoked or has expired since it came in; null where that counts still.</summary>
    public static Error? DenyEnded(this HttpContext context) =>
        context.GetCaller().Ended.IsCancellationRequested
            ? context.RequestServices.GetRequiredService<AccessRefusals>().Challenge(context, AccessErrors.NotAccepted)
            : null;

    /// <summary>Ends with the request, with what proved the caller (its key is revoked or expires), and with the process: for answers that go on.</summary>
    public static CancellationTokenSource EndOfStream(this HttpContext context) => CancellationTokenSource.CreateLinkedTokenSource(
        context.RequestAborted, context.GetCaller().Ended, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
}
