using WebWaka.CellKit;

namespace WebWaka.Identity.Customers;

internal static class CustomerExample
{
    public static readonly ApiExample Value = new(
        """{"id": "01980000-0000-7000-8000-000000000009", "name": "Ada Obi", "groups": ["staff", "wholesale"]}""",
        """
        {"id": "01980000-0000-7000-8000-000000000009", "version": 1, "name": "Ada Obi", "groups": ["staff", "wholesale"], "archived": false}
        """);
}
