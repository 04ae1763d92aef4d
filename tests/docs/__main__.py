"""Write the parts of the documentation that are made from the code: ``make docs``."""

from tests.docs.generated import write

for file in write():
    print(f"{file}: written")
