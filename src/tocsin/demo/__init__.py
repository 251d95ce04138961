"""The bundled case: an autumn in Orvania, a crisis that never happened, in 32 pages of sixteen outlets.

Every country, place, person, body, treaty and outlet in `pages/` is invented, and every sentence was written for this
package, by a writer who had not seen its code; any likeness to a real one is accidental. Beside each page a sidecar
says where and when it was taken; one address was later withdrawn. The files are data: nothing here runs. One of them is
an attack on whoever reads it, which is why it is here.
"""
